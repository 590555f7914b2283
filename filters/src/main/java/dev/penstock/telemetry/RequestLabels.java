package dev.penstock.telemetry;

/** The labels of a request that is over, as {@link Metric#REQUESTS} has them. */
record RequestLabels(String provider, String model, String surface, String service, String outcome) {

    static RequestLabels of(Summary summary) {
        return new RequestLabels(
                summary.providerLabel(),
                summary.modelLabel(),
                summary.exchange().surface().name(),
                summary.serviceLabel(),
                summary.outcome().word());
    }
}

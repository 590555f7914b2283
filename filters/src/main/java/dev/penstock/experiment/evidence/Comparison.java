package dev.penstock.experiment.evidence;

/**
 * One arm against another: the mixture sequential probability ratio test of Johari, Koomen, Pekelis and Walsh, "Always Valid
 * Inference: Continuous Monitoring of A/B Tests" (Operations Research 70(3), 2022, section 5), after Robbins (1970).
 *
 * <p>With {@code D} the difference of the means, {@code V} its variance, and a normal prior of variance {@code T²} over what it
 * may be, the ratio is {@code L = sqrt(V / (V + T²)) · exp(T² D² / (2 V (V + T²)))}. Where there is no difference, {@code L} is a
 * martingale of mean 1 (asymptotically, as {@code D} is in the time {@code 1/V} a Brownian motion), so by Ville's inequality
 * the chance that it ever reaches {@code 1/a} is at most {@code a}, however often it is looked at. {@code low} to
 * {@code high} are the differences that are not refused in this way: they hold the true one at all times together, with
 * probability {@code 1 - a}.
 *
 * @param difference the mean of the first minus the mean of the second
 * @param ratio {@code L}: what the scores weigh against there being no difference; 1 says nothing
 */
public record Comparison(double difference, double low, double high, double ratio) {

    /**
     * {@code T}: the differences that are expected. It decides how soon one of which size is found, not how often one is found
     * that is not there.
     */
    static final double EXPECTED = 0.05;

    private static final double T2 = EXPECTED * EXPECTED;

    /** {@code risk} is {@code a}. */
    static Comparison of(Scores first, Scores second, double risk) {
        double difference = first.cautiousMean() - second.cautiousMean();
        double variance = first.variance() + second.variance();
        double both = variance + T2;
        double ratio = Math.sqrt(variance / both) * Math.exp(T2 * difference * difference / (2 * variance * both));
        double radius = Math.sqrt(variance * both / T2 * (2 * Math.log(1 / risk) + Math.log(both / variance)));
        return new Comparison(difference, difference - radius, difference + radius, ratio);
    }

    /** Whether the first is better, and not by chance. */
    boolean better() {
        return low > 0;
    }
}

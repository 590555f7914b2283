package dev.penstock.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A receiver of spans and meters over OTLP/HTTP on a free port of loopback; keeps everything it was sent. */
final class OtlpReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Span> spans = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();
    private final List<LogRecord> logs = new ArrayList<>();

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    static OtlpReceiver start() {
        try {
            OtlpReceiver receiver =
                    new OtlpReceiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            receiver.server.createContext("/v1/traces", receiver::traces);
            receiver.server.createContext("/v1/logs", receiver::logs);
            receiver.server.createContext("/v1/metrics", receiver::metrics);
            receiver.server.start();
            return receiver;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The arguments of an application that sends everything here, soon. */
    String[] arguments() {
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        return new String[] {
            "--management.opentelemetry.tracing.export.otlp.endpoint=" + base + "/v1/traces",
            "--management.opentelemetry.tracing.export.schedule-delay=50ms",
            "--management.tracing.sampling.probability=1.0",
            "--management.opentelemetry.logging.export.otlp.endpoint=" + base + "/v1/logs",
            "--management.otlp.metrics.export.url=" + base + "/v1/metrics",
            "--management.otlp.metrics.export.step=1s"
        };
    }

    /** Where logs are posted to. */
    String logsAddress() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/logs";
    }

    /** The spans, once there are so many; fails after the bound. */
    List<Span> spans(int atLeast, Duration bound) {
        await(bound, () -> spans.size() >= atLeast);
        synchronized (this) {
            return List.copyOf(spans);
        }
    }

    /** Every sending of a meter, once there is one; fails after the bound. */
    List<Metric> metric(String name, Duration bound) {
        await(bound, () -> metrics.stream().anyMatch(metric -> metric.getName().equals(name)));
        synchronized (this) {
            return metrics.stream()
                    .filter(metric -> metric.getName().equals(name))
                    .toList();
        }
    }

    /** Log records, once there is one whose text matches; fails after the bound. */
    List<String> logs(Predicate<String> wanted, Duration bound) {
        await(
                bound,
                () -> logs.stream().anyMatch(log -> wanted.test(log.getBody().getStringValue())));
        synchronized (this) {
            return logs.stream().map(log -> log.getBody().getStringValue()).toList();
        }
    }

    /** All that arrived, as text. */
    synchronized String everything() {
        return spans + "\n" + metrics + "\n" + logs;
    }

    private String names() {
        return spans.stream().map(Span::getName).toList() + " and "
                + metrics.stream().map(Metric::getName).distinct().toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void await(Duration bound, BooleanSupplier there) {
        long end = System.nanoTime() + bound.toNanos();
        while (!there.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not within " + bound + "; there are " + names());
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }
    }

    private void traces(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                body -> ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
                        .flatMap(resource -> resource.getScopeSpansList().stream())
                        .forEach(scope -> spans.addAll(scope.getSpansList())));
    }

    private void metrics(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                body -> ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList().stream()
                        .flatMap(resource -> resource.getScopeMetricsList().stream())
                        .forEach(scope -> metrics.addAll(scope.getMetricsList())));
    }

    private void logs(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                body -> ExportLogsServiceRequest.parseFrom(body).getResourceLogsList().stream()
                        .flatMap(resource -> resource.getScopeLogsList().stream())
                        .forEach(scope -> logs.addAll(scope.getLogRecordsList())));
    }

    private void answer(HttpExchange exchange, Taker taker) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        synchronized (this) {
            taker.take(body);
            notifyAll();
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @FunctionalInterface
    private interface Taker {

        void take(byte[] body) throws InvalidProtocolBufferException;
    }
}

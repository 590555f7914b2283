package dev.penstock.ship;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.core.Json;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What records are shipped to: takes OTLP's logs and batches of JSON on loopback, and answers as a test says. */
public final class AuditStore implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final HttpServer server;
    private final List<ObjectNode> records = new ArrayList<>();
    private final List<LogRecord> logs = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private ToIntFunction<List<Long>> answers = seqs -> 200;
    private Optional<byte[]> pretending = Optional.empty();
    private long rejected;
    private int requests;

    private AuditStore(HttpServer server) {
        this.server = server;
    }

    public static AuditStore start() throws IOException {
        return at(0);
    }

    /** At a port where one was before. */
    static AuditStore at(int port) throws IOException {
        AuditStore store =
                new AuditStore(HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0));
        store.server.createContext("/", store::handle);
        store.server.start();
        return store;
    }

    /** The status for a batch, by the numbers of its records. */
    public synchronized AuditStore answering(ToIntFunction<List<Long>> status) {
        answers = status;
        return this;
    }

    /** OTLP's partial success: so many of each batch are refused, though the status is 200. */
    synchronized void rejecting(long count) {
        rejected = count;
    }

    /** Nothing is taken, and this is what is answered with status 200. */
    synchronized void pretending(byte[] answer) {
        pretending = Optional.of(answer);
    }

    /** Batches are taken again. */
    synchronized void honest() {
        pretending = Optional.empty();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean otlp =
                "application/x-protobuf".equals(exchange.getRequestHeaders().getFirst("content-type"));
        byte[] answer;
        int status;
        synchronized (this) {
            requests++;
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-token")));
            List<LogRecord> sentLogs = otlp ? logsOf(body) : List.of();
            List<ObjectNode> sent = otlp
                    ? sentLogs.stream()
                            .map(log -> (ObjectNode)
                                    Json.LENIENT_DEPTH.read(log.getBody().getStringValue()))
                            .toList()
                    : recordsOf(body);
            status = answers.applyAsInt(
                    sent.stream().map(record -> Json.integer(record, "seq")).toList());
            if (status == 200 && rejected == 0 && pretending.isEmpty()) {
                records.addAll(sent);
                logs.addAll(sentLogs);
            }
            ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
            response.getPartialSuccessBuilder().setRejectedLogRecords(rejected);
            answer = pretending.orElse(otlp ? response.build().toByteArray() : new byte[0]);
            notifyAll();
        }
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static List<LogRecord> logsOf(byte[] body) throws IOException {
        return ExportLogsServiceRequest.parseFrom(body).getResourceLogsList().stream()
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream())
                .toList();
    }

    private static List<ObjectNode> recordsOf(byte[] body) {
        JsonNode batch = Json.LENIENT_DEPTH.read(body);
        List<ObjectNode> found = new ArrayList<>();
        batch.path("records").forEach(record -> found.add((ObjectNode) record));
        return found;
    }

    /** Waits until it is so; fails after a generous bound. */
    public synchronized void await(String what, BooleanSupplier there) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + BOUND + ": " + what + "; got " + seqs().size() + " records");
            }
            try {
                wait(5);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }
    }

    /** Records in the order that they came, with those that came twice. */
    public synchronized List<ObjectNode> records() {
        return List.copyOf(records);
    }

    /** Their numbers. */
    public List<Long> seqs() {
        return records().stream().map(record -> Json.integer(record, "seq")).toList();
    }

    synchronized List<LogRecord> logs() {
        return List.copyOf(logs);
    }

    /** The header {@code x-token} of each request. */
    synchronized List<String> tokens() {
        return List.copyOf(tokens);
    }

    public synchronized int requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package dev.penstock.ship;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.penstock.audit.AuditConfig;
import dev.penstock.audit.CheckpointsConfig;
import dev.penstock.audit.ShipperConfig;
import dev.penstock.audit.ShipperConfig.Events;
import dev.penstock.audit.ShipperConfig.Type;
import dev.penstock.core.Json;
import dev.penstock.exchange.Settings;
import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.JournalConfig.Limits;
import dev.penstock.journal.embedded.EmbeddedJournal;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.SegmentReader;
import dev.penstock.journal.segment.Stored;
import dev.penstock.ship.ShipperView.Trouble;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every record leaves, in its order, whatever happens to the sink and to the process. */
class ShippersTests {

    @TempDir
    private Path folder;

    private DataDirectory data;
    private EmbeddedJournal journal;
    private AuditStore store;
    private Shippers shippers;
    private final Logger logger = (Logger) LoggerFactory.getLogger("penstock.audit");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private volatile List<ShipperConfig> configured = List.of();

    @BeforeEach
    void open() throws IOException {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.addAppender(log);
        data = new DataDirectory(folder.resolve("data"));
        Limits limits = new Limits(
                32 << 10,
                64 << 20,
                Duration.ofMillis(250),
                4 << 10,
                1_000,
                50,
                Duration.ofDays(1),
                Duration.ofMillis(20),
                0);
        journal = EmbeddedJournal.open(
                JournalConfig.of(data.journal(), data.instanceId(), Clock.systemUTC())
                        .with(limits),
                List.of());
        store = AuditStore.start();
        shippers = shippers();
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        shippers.close();
        journal.close();
        store.close();
    }

    @Test
    void aSinkThatWasStoppedGetsEveryRecordAfterwards() throws IOException {
        configured = List.of(webhook());
        int port = store.uri("/").getPort();
        write(100);
        shippers.begin();
        store.await("the first", () -> view().kept() == 100);
        store.close();
        write(1_100);
        store.await("told", () -> view().trouble() == Trouble.AWAY);
        assertThat(shippers.details()).containsExactly("audit_shipper_behind");
        assertThat(shippers.backlog("webhook")).isEqualTo(1_100);
        assertThat(view().oldest()).isPresent();
        assertThat(journal.segments().firsts()).hasSizeGreaterThan(5);

        AuditStore before = store;
        store = AuditStore.at(port);
        store.await("the rest", () -> new TreeSet<>(store.seqs()).size() >= 1_100);
        List<Long> all = new ArrayList<>(before.seqs());
        all.addAll(store.seqs());
        assertThat(all.stream().distinct()).containsExactlyElementsOf(upTo(1_200));
        store.await("well", () -> view().trouble() == Trouble.NONE && shippers.backlog("webhook") == 0);
        assertThat(shippers.details()).isEmpty();
    }

    @Test
    void aRestartGoesOnWhereItWasAndAnOldPlaceOnlyRepeats() throws IOException {
        configured = List.of(webhook());
        Path cursor = data.path().resolve("shippers/webhook.json");
        write(300);
        shippers.begin();
        store.await("kept", () -> view().kept() == 300);
        byte[] early = Files.readAllBytes(cursor);
        shippers.close();
        write(200);
        restart();
        store.await("the rest", () -> view().kept() == 500);
        assertThat(store.seqs()).as("none twice").containsExactlyElementsOf(upTo(500));

        shippers.close();
        Files.write(cursor, early);
        restart();
        store.await("again", () -> store.seqs().size() == 700);
        assertThat(store.seqs().stream().distinct()).containsExactlyElementsOf(upTo(500));

        shippers.close();
        Files.writeString(cursor, "no place");
        restart();
        store.await("all again", () -> store.seqs().size() == 1_200);
        assertThat(store.seqs().subList(700, 1_200)).containsExactlyElementsOf(upTo(500));
    }

    @Test
    void aPlaceInAnotherTrailOrBeyondTheEndOfThisOneIsNotBelieved() throws IOException {
        configured = List.of(webhook());
        Path cursor = data.path().resolve("shippers/webhook.json");
        write(20);
        shippers.begin();
        store.await("kept", () -> view().kept() == 20);
        String right = Files.readString(cursor);
        int sent = 20;
        for (String wrong :
                List.of(right.replace("\"seq\":20", "\"seq\":21"), right.replace(data.instanceId(), "another"))) {
            assertThat(wrong).isNotEqualTo(right);
            shippers.close();
            Files.writeString(cursor, wrong);
            restart();
            int all = sent + 20;
            store.await("all again", () -> store.seqs().size() == all);
            assertThat(store.seqs().subList(sent, all)).containsExactlyElementsOf(upTo(20));
            sent = all;
        }
        assertThat(told()).contains("record 21 of " + data.instanceId(), "record 20 of another");
    }

    @Test
    void whatIsRefusedStopsTheShipperRightBeforeItAndIsToldOnce() throws IOException {
        store.answering(seqs -> seqs.contains(77L) ? 422 : 200);
        configured = List.of(webhook());
        write(200);
        shippers.begin();
        store.await("stopped", () -> view().trouble() == Trouble.REFUSED);
        int asked = store.requests();
        store.await("offered again", () -> store.requests() > asked + 2);
        assertThat(store.seqs()).containsExactlyElementsOf(upTo(76));
        assertThat(shippers.details()).containsExactly("audit_shipper_refused");
        assertThat(told().split("shipper webhook stops, its sink refuses", -1)).hasSize(2);
        assertThat(told())
                .contains("status 422 for record 77")
                .doesNotContain(store.uri("/").toString());

        store.answering(seqs -> 200);
        store.await("the rest", () -> store.seqs().size() >= 200);
        assertThat(store.seqs()).containsExactlyElementsOf(upTo(200));
    }

    @Test
    void aWrongTokenStopsTheShipperUntilTheConfigurationIsRight() throws IOException {
        store.answering(seqs -> 401);
        configured = List.of(webhook());
        write(20);
        shippers.begin();
        store.await("stopped", () -> view().trouble() == Trouble.REFUSED);
        assertThat(store.seqs()).isEmpty();
        store.answering(seqs -> store.tokens().get(store.tokens().size() - 1).equals("right") ? 200 : 401);
        configured = List.of(shipper("webhook", Type.WEBHOOK, "/hook", Events.ALL, Map.of("x-token", "right")));
        shippers.apply();
        store.await("all", () -> store.seqs().size() == 20);
    }

    @Test
    void anotherAddressGoesOnWhereTheFirstWasAndARemovedOneRests() throws IOException {
        configured = List.of(webhook());
        write(50);
        shippers.begin();
        store.await("the first", () -> view().kept() == 50);
        configured = List.of();
        shippers.apply();
        write(50);
        int asked = store.requests();
        try (AuditStore other = AuditStore.start()) {
            configured = List.of(new ShipperConfig(
                    "", Type.WEBHOOK, Optional.of(other.uri("/else")), true, Events.ALL, true, Map.of()));
            shippers.apply();
            other.await("the rest", () -> other.seqs().size() == 50);
            assertThat(other.seqs()).containsExactlyElementsOf(upTo(100).subList(50, 100));
            assertThat(store.requests()).as("none while it rested").isEqualTo(asked);
        }
    }

    @Test
    void aShipperForSecurityEventsSendsNothingElse() throws IOException {
        configured = List.of(shipper("siem", Type.WEBHOOK, "/siem", Events.SECURITY, Map.of()));
        write(100);
        journal.append(Entry.plain(record("security").put("event", "key_exposed")))
                .join();
        write(100);
        shippers.begin();
        store.await("all looked at", () -> shippers.view("siem").orElseThrow().kept() == 201);
        assertThat(store.seqs()).containsExactly(101L);
        assertThat(shippers.upTo()).isEqualTo(201);
    }

    @Test
    void logsHoldTheRecordsBytesAndWhatIsSearchedFor() throws IOException {
        configured = List.of(shipper("otlp", Type.OTLP, "/v1/logs", Events.ALL, Map.of()));
        ObjectNode outcome = record("outcome").put("call", "c-1").put("trace_id", "0af7651916cd43dd8448eb211c80319c");
        outcome.put("provider", "openai").put("outcome", "ok").putObject("who").put("service", "crm");
        journal.append(Entry.plain(outcome)).join();
        journal.append(Entry.plain(record("security").put("event", "admin_denied")))
                .join();
        shippers.begin();
        store.await("two", () -> store.logs().size() == 2);
        LogRecord log = store.logs().get(0);
        assertThat(log.getBody().getStringValue())
                .isEqualTo(new String(stored().get(0).payload(), StandardCharsets.UTF_8));
        assertThat(attributes(log))
                .containsEntry("event.name", "penstock.audit.outcome")
                .containsEntry("penstock.chain", data.instanceId())
                .containsEntry("penstock.seq", "1")
                .containsEntry("penstock.call", "c-1")
                .containsEntry("penstock.service", "crm")
                .containsEntry("gen_ai.provider.name", "openai")
                .doesNotContainKey("penstock.event");
        assertThat(log.getTraceId().size()).isEqualTo(16);
        assertThat(log.getTimeUnixNano()).isEqualTo(1_767_225_600_000_000_001L);
        assertThat(store.logs().get(1).getSeverityText()).isEqualTo("WARN");
    }

    @Test
    void aPartialSuccessIsARefusal() throws IOException {
        store.rejecting(1);
        configured = List.of(shipper("otlp", Type.OTLP, "/v1/logs", Events.ALL, Map.of()));
        write(3);
        shippers.begin();
        store.await("stopped", () -> shippers.view("otlp").orElseThrow().trouble() == Trouble.REFUSED);
        store.rejecting(0);
        store.await("all", () -> store.seqs().size() == 3);
    }

    /** A proxy's or a login page, and one that was cut where it could still be read. */
    @Test
    void aSuccessThatIsNoOtlpIsTriedAgainAndNothingIsLost() throws IOException {
        configured = List.of(shipper("otlp", Type.OTLP, "/v1/logs", Events.ALL, Map.of()));
        write(3);
        byte[] page = "<html><body>Sign in</body></html>".getBytes(StandardCharsets.UTF_8);
        store.pretending(page);
        shippers.begin();
        store.await("told", () -> told().contains("an answer that is no OTLP"));
        assertThat(shippers.view("otlp").orElseThrow().trouble()).isEqualTo(Trouble.AWAY);
        assertThat(shippers.upTo()).as("required: nothing may be deleted").isZero();

        store.pretending(longAnswer());
        int asked = store.requests();
        store.await("tried again", () -> store.requests() > asked + 2);
        assertThat(shippers.upTo()).isZero();
        store.honest();
        store.await("all", () -> shippers.upTo() == 3);
        assertThat(store.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void anEmptySuccessIsOne() throws IOException {
        configured = List.of(shipper("otlp", Type.OTLP, "/v1/logs", Events.ALL, Map.of()));
        store.pretending(new byte[0]);
        write(3);
        shippers.begin();
        store.await("taken", () -> shippers.upTo() == 3);
    }

    /** Some sinks take protobuf and answer as they answer those who send JSON. */
    @Test
    void anAnswerOfOtlpAsJsonIsOne() throws IOException {
        configured = List.of(shipper("otlp", Type.OTLP, "/v1/logs", Events.ALL, Map.of()));
        write(1);
        pretending("{}");
        shippers.begin();
        store.await("taken", () -> shippers.upTo() == 1);
        int taken = 1;
        for (String answer : List.of(
                " {\"partialSuccess\":{}}\n",
                "{\"partialSuccess\":null}",
                "{\"partial_success\":{}}",
                "{\"partial_success\":{\"rejected_log_records\":0}}",
                "{\"partialSuccess\":{\"rejectedLogRecords\":\"0\",\"errorMessage\":\"slow\"}}")) {
            pretending(answer);
            write(1);
            int all = ++taken;
            store.await("taken: " + answer, () -> shippers.upTo() == all);
        }
    }

    @Test
    void aPartialSuccessAsJsonIsARefusal() throws IOException {
        configured = List.of(shipper("otlp", Type.OTLP, "/v1/logs", Events.ALL, Map.of()));
        write(3);
        for (String answer : List.of(
                "{\"partialSuccess\":{\"rejectedLogRecords\":2}}",
                "{\"partialSuccess\":{\"rejectedLogRecords\":\"2\"}}",
                "{\"partialSuccess\":{\"rejected_log_records\":\"2\"}}",
                "{\"partial_success\":{\"rejected_log_records\":2}}")) {
            pretending(answer);
            shippers.begin();
            store.await("stopped", () -> view("otlp").trouble() == Trouble.REFUSED);
            assertThat(shippers.upTo()).isZero();
            shippers.close();
            shippers = shippers();
        }
    }

    @Test
    void anotherTextIsNoAnswerOfOtlp() throws IOException {
        configured = List.of(shipper("otlp", Type.OTLP, "/v1/logs", Events.ALL, Map.of()));
        write(3);
        for (String answer : List.of(
                "{\"error\":\"sign in\"}",
                "{\"partialSuccess\":true}",
                "{\"partialSuccess\":{\"rejectedLogRecords\":\"some\"}}",
                "{\"partial_success\":{\"rejected_log_records\":-1}}",
                "{} <html>",
                "Available",
                "\n\tAvailable",
                "{")) {
            pretending(answer);
            shippers.begin();
            store.await("away: " + answer, () -> view("otlp").trouble() == Trouble.AWAY);
            assertThat(shippers.upTo()).isZero();
            shippers.close();
            shippers = shippers();
        }
    }

    private void pretending(String answer) {
        store.pretending(answer.getBytes(StandardCharsets.UTF_8));
    }

    private ShipperView view(String name) {
        return shippers.view(name).orElseThrow();
    }

    @Test
    void whatAWebhookAnswersWithSuccessIsItsOwnAffair() throws IOException {
        configured = List.of(webhook());
        store.pretending("<html>thanks</html>".getBytes(StandardCharsets.UTF_8));
        write(3);
        shippers.begin();
        store.await("taken", () -> shippers.upTo() == 3);
    }

    /** OTLP's own, one behind the other, which together are one, up to more than is read. */
    private static byte[] longAnswer() {
        ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
        response.getPartialSuccessBuilder().setErrorMessage("slow".repeat(250));
        byte[] one = response.build().toByteArray();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            all.writeBytes(one);
        }
        return all.toByteArray();
    }

    @Test
    void onlyRequiredShippersKeepRecordsAndWhatOthersMissIsTold() throws IOException {
        store.answering(seqs -> 503);
        configured = List.of(webhook());
        write(400);
        assertThat(shippers.upTo()).as("one that was never started has none").isZero();
        shippers.begin();
        store.await("away", () -> view().trouble() == Trouble.AWAY);
        assertThat(shippers.upTo()).isZero();
        store.answering(seqs -> 200);
        store.await("all", () -> shippers.upTo() == 400);

        shippers.close();
        configured = List.of(new ShipperConfig(
                "", Type.WEBHOOK, Optional.of(store.uri("/hook")), false, Events.ALL, true, Map.of()));
        assertThat(shippers.upTo()).isEqualTo(Long.MAX_VALUE);
        write(400);
        List<Long> firsts = journal.segments().firsts();
        int stays = (int) firsts.stream().filter(first -> first <= 560).count() - 1;
        for (int i = 0; i < stays; i++) {
            long first = firsts.get(i);
            store.await("a snapshot stands for record " + first, () -> forget(first));
        }
        restart();
        store.await("the end", () -> view().kept() == 800);
        long gone = firsts.get(stays) - 401;
        assertThat(view().missed()).isEqualTo(gone).isPositive();
        assertThat(store.seqs()).hasSize((int) (800 - gone));
        assertThat(told()).contains("shipper webhook never sent records 401 to " + (400 + gone));
    }

    @Test
    void aPrivateAddressIsNotConnectedToUnlessThatIsAllowed() throws IOException {
        configured = List.of(new ShipperConfig(
                "", Type.WEBHOOK, Optional.of(store.uri("/hook")), true, Events.ALL, false, Map.of()));
        write(1);
        shippers.begin();
        store.await("told", () -> told().contains("the address is not public"));
        assertThat(store.requests()).isZero();
    }

    private String told() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
    }

    private boolean forget(long first) {
        try {
            return journal.forget(first, new TreeSet<>());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private void restart() {
        shippers = shippers();
        shippers.begin();
    }

    private Shippers shippers() {
        Pace pace = new Pace(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMillis(40), new Random(1));
        return new Shippers(journal, data, () -> () -> settings(configured), new HttpSink(), pace, Clock.systemUTC());
    }

    private static Settings settings(List<ShipperConfig> shippers) {
        AuditConfig audit = new AuditConfig(
                AuditConfig.Content.NONE,
                AuditConfig.Completion.ASYNC,
                AuditConfig.Mode.STRICT,
                new CheckpointsConfig(""),
                Duration.ofDays(400),
                shippers);
        return new Settings("hash", Map.of(AuditConfig.class, audit));
    }

    private ShipperConfig webhook() {
        return shipper("", Type.WEBHOOK, "/hook", Events.ALL, Map.of());
    }

    private ShipperConfig shipper(String name, Type type, String path, Events events, Map<String, String> headers) {
        URI uri = store.uri(path);
        return new ShipperConfig(name, type, Optional.of(uri), true, events, true, headers);
    }

    private ShipperView view() {
        return shippers.view("webhook").orElseThrow();
    }

    private void write(int records) {
        for (int i = 1; i < records; i++) {
            journal.append(
                    Entry.plain(record("test").put("text", "x".repeat(200))).unawaited());
        }
        journal.append(Entry.plain(record("test"))).join();
    }

    private static ObjectNode record(String type) {
        return Json.object().put("type", type).put("time", "2026-01-01T00:00:00.000000001Z");
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private List<Stored> stored() throws IOException {
        List<Stored> all = new ArrayList<>();
        try (SegmentReader reader = journal.segments().read(Place.START, damage -> {})) {
            for (Optional<Stored> next = reader.next(); next.isPresent(); next = reader.next()) {
                all.add(next.get());
            }
        }
        return all;
    }

    private static Map<String, String> attributes(LogRecord log) {
        return log.getAttributesList().stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        it -> it.getValue().hasStringValue()
                                ? it.getValue().getStringValue()
                                : String.valueOf(it.getValue().getIntValue())));
    }
}

package dev.penstock.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.JournalConfig.Limits;
import dev.penstock.journal.Position;
import dev.penstock.journal.embedded.EmbeddedJournal;
import dev.penstock.journal.segment.Segments;
import dev.penstock.records.index.RecordIndex;
import dev.penstock.testing.Full;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What a search with an index finds is what reading everything finds, only sooner. */
class IndexedSearchTests {

    private static final int RECORDS = Integer.getInteger("penstock.full.indexed", 20_000);
    private static final int MILLION = 1_000_000;
    private static final int SERVICES = 50;
    private static final int STEP_MILLIS = 20;
    private static final int BATCH = 2_000;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path data;

    private final Random random = new Random(7);
    private EmbeddedJournal journal;

    @BeforeEach
    void recordsAreWritten() {
        int segment = RECORDS < MILLION ? 1 << 20 : 64 << 20;
        Limits limits = new Limits(
                segment,
                64 << 20,
                Duration.ofSeconds(5),
                segment / 8,
                1_000,
                5_000,
                Duration.ofDays(1),
                Duration.ofMillis(20),
                0);
        journal = EmbeddedJournal.open(
                JournalConfig.of(data.resolve("journal"), "test-1", Clock.systemUTC())
                        .with(limits),
                List.of());
        List<CompletableFuture<Position>> landing = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            landing.add(journal.append(Entry.plain(record(i))));
            if (landing.size() == BATCH) {
                landing.forEach(CompletableFuture::join);
                landing.clear();
            }
        }
        landing.forEach(CompletableFuture::join);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    @Full(line = "7.4", count = "penstock.full.indexed")
    void aSearchFindsWhatReadingEverythingFindsAndSoon() {
        RecordIndex index = index();
        long began = System.nanoTime();
        index.catchUp();
        double seconds = seconds(began);
        IndexedSearch search = new IndexedSearch(journal.segments(), index);
        int middle = RECORDS / 2;
        RecordQuery byService = query(middle, middle + RECORDS / 10, "service-7", "");
        RecordQuery byHmac = query(0, RECORDS, "", hmac(RECORDS - 5));
        double service = took(() -> search.find(byService, "", 100));
        double hmac = took(() -> search.find(byHmac, "", 100));
        double call = took(() -> search.call("call-" + middle / 2));
        System.out.printf(
                Locale.ROOT,
                "IndexedSearchTests: %d records indexed in %.2f s (%.0f/s); by service and time %.0f ms, by HMAC %.0f ms, a call %.0f ms%n",
                RECORDS,
                seconds,
                RECORDS / seconds,
                service * 1000,
                hmac * 1000,
                call * 1000);
        assertThat(search.find(byHmac, "", 100).records()).hasSize(1);
        assertThat(search.call("call-" + middle / 2)).hasSize(2);
        same(search, byService);
        same(search, query(0, RECORDS, "service-3", ""));
        same(search, byHmac);
        RecordQuery byText = query(0, RECORDS, "", text(RECORDS - 5));
        double text = took(() -> search.find(byText, "", 100));
        System.out.printf(Locale.ROOT, "IndexedSearchTests: by a single text %.0f ms%n", text * 1000);
        assertThat(search.find(byText, "", 100).records()).hasSize(1);
        same(search, byText);
        same(search, query(middle, middle + RECORDS / 10, "service-7", text(0)));
        if (RECORDS >= MILLION) {
            assertThat(RECORDS / seconds).as("records a second").isGreaterThan(50_000);
            assertThat(service).as("seconds by service and time").isLessThan(0.3);
            assertThat(hmac).as("seconds by HMAC").isLessThan(0.3);
        }
    }

    @Test
    void whatIsWrittenLaterIsFoundAndPagesLeaveNothingOut() {
        IndexedSearch search = new IndexedSearch(journal.segments(), index());
        RecordQuery query = query(0, RECORDS * 2, "service-1", "");
        int before = pages(search, query, 7).size();
        ObjectNode late = record(RECORDS + 1);
        ((ObjectNode) late.path("who")).put("service", "service-1");
        journal.append(Entry.plain(late)).join();
        List<ObjectNode> after = pages(search, query, 7);
        assertThat(after).hasSize(before + 1);
        assertThat(after.stream().map(record -> Json.integer(record, "seq")).distinct())
                .hasSize(after.size());
    }

    @Test
    void theIndexMayBeLostOrTornAndIsMadeAgain() throws IOException {
        index().catchUp();
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(3);
        Files.delete(files.get(0));
        byte[] bytes = Files.readAllBytes(files.get(2));
        Files.write(files.get(2), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        same(new IndexedSearch(journal.segments(), index()), query(0, RECORDS, "service-3", ""));
    }

    @Test
    void whatRetentionDeletedIsForgotten() throws IOException {
        RecordIndex index = index();
        index.catchUp();
        IndexedSearch search = new IndexedSearch(journal.segments(), index);
        List<Long> firsts = journal.segments().firsts();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!journal.forget(firsts.get(1), new TreeSet<>())) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
        int files = files().size();
        same(search, query(0, RECORDS, "service-3", ""));
        assertThat(files()).hasSize(files - 1);
    }

    private void same(IndexedSearch search, RecordQuery query) {
        List<ObjectNode> read = new ArrayList<>();
        RecordSearch reading = new RecordSearch(journal.segments());
        RecordSearch.Page page = reading.find(query, "", 1000);
        read.addAll(page.records());
        while (page.cursor() != null) {
            page = reading.find(query, page.cursor(), 1000);
            read.addAll(page.records());
        }
        assertThat(pages(search, query, 100)).isEqualTo(read);
        assertThat(read).isNotEmpty();
    }

    private static List<ObjectNode> pages(IndexedSearch search, RecordQuery query, int limit) {
        RecordSearch.Page page = search.find(query, "", limit);
        List<ObjectNode> all = new ArrayList<>(page.records());
        while (page.cursor() != null) {
            page = search.find(query, page.cursor(), limit);
            all.addAll(page.records());
        }
        return all;
    }

    private RecordIndex index() {
        Segments segments = journal.segments();
        return new RecordIndex(() -> segments, data.resolve("index"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("index"))) {
            return files.sorted().toList();
        }
    }

    private static RecordQuery query(int from, int to, String service, String hmac) {
        return new RecordQuery(time(from), time(to), service, "", "", "", hmac);
    }

    /** Intents and outcomes, about as large as those of a chat. */
    private ObjectNode record(int i) {
        boolean intent = i % 2 == 0;
        ObjectNode record = Json.object()
                .put("type", intent ? "intent" : "outcome")
                .put("time", time(i).toString())
                .put("call", "call-" + i / 2)
                .put("request_id", "request-" + i / 2)
                .put("trace_id", "0af7651916cd43dd8448eb211c80319c");
        record.putObject("who")
                .put("service", "service-" + i / 2 % SERVICES)
                .put("team", "team-" + i % 5)
                .put("key", "key-" + i % 11)
                .put("ip", "10.0.0." + i % 250);
        record.putObject("what")
                .put("surface", "chat")
                .put("route", "chat")
                .put("config", "3f786850e387550f")
                .put("model", "default")
                .put("stream", i % 3 == 0)
                .put("bytes", 1_000 + random.nextInt(5_000))
                .put("messages", 3);
        ObjectNode target = record.putObject("target").put("provider", "openai").put("model", "gpt-4.1-mini");
        target.put("key", "main");
        record.putObject(intent ? "sent" : "answer")
                .put("bytes", 2_000)
                .put("hmac", hmac(i))
                .putArray("texts")
                .add(text(0))
                .add(text(i));
        record.putObject("decisions")
                .putObject("Budget")
                .put("held", 1_000_000 + i)
                .put("scope", "service");
        return intent
                ? record.put("intent", "call-" + i / 2 + "#1")
                : record.put("outcome", "ok").put("status", 200);
    }

    private static String hmac(int i) {
        return String.format("%064x", (long) i * 0x9E3779B97F4A7C15L);
    }

    /** Of a single text. */
    private static String text(int i) {
        return String.format("%064x", (long) i * 0x9E3779B97F4A7C15L + 1);
    }

    private static Instant time(int i) {
        return BEGIN.plusMillis((long) i * STEP_MILLIS);
    }

    private static double took(Runnable search) {
        long began = System.nanoTime();
        search.run();
        return seconds(began);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}

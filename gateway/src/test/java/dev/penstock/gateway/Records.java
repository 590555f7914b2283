package dev.penstock.gateway;

import dev.penstock.audit.trail.CheckpointFile;
import dev.penstock.core.Json;
import dev.penstock.journal.checkpoint.Evidence;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.TrailVerification;
import dev.penstock.journal.checkpoint.VerifierKey;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.SegmentReader;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.segment.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What stands in a journal, read from its files. */
record Records(List<ObjectNode> all) {

    private static final Duration BOUND = Duration.ofSeconds(20);

    static Records in(Path data) {
        List<ObjectNode> records = new ArrayList<>();
        try (SegmentReader reader = Segments.in(data.resolve("journal")).read(Place.START, damage -> {
            throw new AssertionError("damaged: " + damage);
        })) {
            for (Optional<Stored> stored = reader.next(); stored.isPresent(); stored = reader.next()) {
                records.add(stored.get().record());
            }
            return new Records(records);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Those for which the condition holds, as soon as it does. */
    static Records in(Path data, Predicate<Records> condition) {
        long end = System.nanoTime() + BOUND.toNanos();
        Records records = in(data);
        while (!condition.test(records)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + BOUND + ": " + records.words());
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            records = in(data);
        }
        return records;
    }

    /** The chain holds, and every checkpoint that was signed here is one of this trail. */
    static boolean sound(Path data) {
        List<Note> notes = new CheckpointFile(data).all();
        Segments segments = Segments.in(data.resolve("journal"));
        if (notes.isEmpty()) {
            return Verification.of(segments, (records, bytes) -> true).sound();
        }
        try {
            VerifierKey key = VerifierKey.parse(Files.readString(data.resolve("checkpoint-key.pub")));
            return TrailVerification.of(segments, List.of(new Evidence("own", notes, key)), (records, bytes) -> true)
                    .sound();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    List<ObjectNode> of(String type) {
        return all.stream()
                .filter(record -> Json.string(record, "type").equals(type))
                .toList();
    }

    /** Outcomes and refusals, those included that are only counted. */
    int ended() {
        return of("outcome").size()
                + of("refusal").stream()
                        .mapToInt(record -> record.path("count").asInt(1))
                        .sum();
    }

    /** How many requests ended with which word. */
    Map<String, Integer> words() {
        Map<String, Integer> words = new HashMap<>();
        for (String type : List.of("outcome", "refusal")) {
            of(type).forEach(record -> words.merge(
                    Json.string(record, "outcome"), record.path("count").asInt(1), Integer::sum));
        }
        return words;
    }

    List<String> intents() {
        return of("intent").stream()
                .map(record -> Json.string(record, "intent"))
                .toList();
    }

    /** Every intent that an outcome names, as often as one does. */
    List<String> named() {
        return of("outcome").stream()
                .flatMap(record -> record.path("intents").valueStream())
                .map(JsonNode::stringValue)
                .toList();
    }
}

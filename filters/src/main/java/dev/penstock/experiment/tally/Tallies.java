package dev.penstock.experiment.tally;

import dev.penstock.core.Json;
import dev.penstock.experiment.tally.Answered.Place;
import dev.penstock.experiment.tally.Answered.State;
import dev.penstock.journal.Fold;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All experiments, and the answers that can be scored. Written by the journal's thread, read by others. */
public final class Tallies implements Fold {

    static final String FEEDBACK = "feedback";
    /** Answers of experiments that can be scored; of the others a tenth as many. */
    static final int MOST_ANSWERS = 100_000;

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Tallies::sha256);

    private final Map<String, Tally> experiments = new TreeMap<>();
    private final Answered inExperiments = new Answered(MOST_ANSWERS);
    private final Answered others = new Answered(MOST_ANSWERS / 10);

    @Override
    public String name() {
        return "experiments";
    }

    @Override
    public synchronized void apply(long seq, ObjectNode record) {
        switch (Json.string(record, "type")) {
            case "outcome" -> outcome(record);
            case FEEDBACK -> feedback(record);
            default -> {
                // other records say nothing of experiments
            }
        }
    }

    private void outcome(ObjectNode record) {
        String word = Json.string(record, "outcome");
        JsonNode decision = record.path("decisions").path("AssignVariant");
        Place place = new Place(
                Json.string(decision, "experiment"),
                Json.string(decision, "arm"),
                decision.path("group").asInt(0));
        boolean counts = !place.experiment().isEmpty();
        if (counts && !word.isEmpty()) {
            tally(place.experiment()).arm(place.arm()).call(record);
        }
        if (word.equals("ok") && !decision.has("shadow_of")) {
            String service = Json.string(record.path("who"), "service");
            long key = key(service, Json.string(record, "request_id"));
            (counts ? others : inExperiments).forget(key);
            (counts ? inExperiments : others).add(key, place);
        }
    }

    private void feedback(ObjectNode record) {
        long key = key(Json.string(record.path("who"), "service"), Json.string(record, "request_id"));
        inExperiments.turn(key, State.SCORED);
        others.turn(key, State.SCORED);
        String experiment = Json.string(record, "experiment");
        if (experiment.isEmpty()) {
            return;
        }
        String arm = Json.string(record, "arm");
        long score = record.path("score_millionths").asLong();
        List<String> arms =
                record.path("arms").valueStream().map(JsonNode::stringValue).toList();
        Tally tally = tally(experiment);
        tally.arm(arm).score(score, Json.string(record, "label"));
        tally.score(
                arm,
                record.path("group").asInt(),
                score,
                arms,
                record.path("until").asLong());
    }

    private Tally tally(String experiment) {
        return experiments.computeIfAbsent(experiment, ignored -> new Tally());
    }

    /**
     * Takes an answer for a score, so that nobody else scores it; empty for one that is not known.
     *
     * @throws AlreadyScored when somebody did
     */
    synchronized Optional<Place> claim(long key) {
        Answered kept = inExperiments.find(key).isPresent() ? inExperiments : others;
        Optional<Place> place = kept.find(key);
        if (place.isPresent() && !kept.state(key).equals(Optional.of(State.OPEN))) {
            throw new AlreadyScored();
        }
        kept.turn(key, State.CLAIMED);
        return place;
    }

    /** Gives an answer back whose score could not be written. */
    synchronized void release(long key) {
        inExperiments.turn(key, State.OPEN);
        others.turn(key, State.OPEN);
    }

    /** Reads one experiment; absent when it never had a call. */
    synchronized <T> Optional<T> read(String experiment, Function<Tally, T> read) {
        return Optional.ofNullable(experiments.get(experiment)).map(read);
    }

    /** A service's request in one number. */
    static long key(String service, String requestId) {
        byte[] words = (service + "\0" + requestId).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(SHA_256.get().digest(words)).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** An answer has one score. */
    static final class AlreadyScored extends RuntimeException {

        private static final long serialVersionUID = 1L;

        AlreadyScored() {
            super("scored already", null, false, false);
        }
    }

    @Override
    public synchronized ObjectNode snapshot() {
        ObjectNode all = Json.object();
        ObjectNode each = all.putObject("experiments");
        experiments.forEach((name, tally) -> each.set(name, tally.snapshot()));
        all.set("answers", inExperiments.snapshot());
        all.set("other_answers", others.snapshot());
        return all;
    }

    @Override
    public synchronized void restore(ObjectNode snapshot) {
        experiments.clear();
        snapshot.path("experiments")
                .properties()
                .forEach(each -> experiments.put(each.getKey(), Tally.of(each.getValue())));
        inExperiments.restore(snapshot.path("answers"));
        others.restore(snapshot.path("other_answers"));
    }
}

package dev.penstock.upstream;

import dev.penstock.core.Candidate;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import java.util.List;

/** The targets of a request that the rollout keeps from real providers. */
final class Rehearsal {

    private static final String MOCK = "mock";
    private static final String MISSING = "a mock target";

    private Rehearsal() {}

    /** Those that answer in process. Never a real one: a model without any refuses the request. */
    static List<Candidate> of(List<Candidate> candidates, UpstreamSettings settings) {
        List<Candidate> mocks = candidates.stream()
                .filter(candidate -> isMock(candidate, settings))
                .toList();
        if (mocks.isEmpty()) {
            String message = "The rollout keeps this caller from real providers, and the model has no mock target"
                    + " (expected: one in models, or a higher rollout.real-traffic).";
            throw new GatewayException(
                    ErrorCode.CAPABILITY_MISSING, Told.of(message).with("missing", List.of(MISSING)));
        }
        return mocks;
    }

    static boolean isMock(Candidate candidate, UpstreamSettings settings) {
        return settings.providers().get(candidate.provider()).dialect().equals(MOCK);
    }
}

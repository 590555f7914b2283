package dev.penstock.provider.anthropic;

import dev.penstock.core.ChatRequest.Sampling;
import dev.penstock.provider.anthropic.AnthropicModel.Ability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes temperature, {@code top_p}, {@code top_k} and stop sequences as far as the model takes them (PROVIDERS 4.6, 13.1).
 * Values that are clamped or left out are named as ignored.
 */
final class SamplingFields {

    private SamplingFields() {}

    static void write(Encoding it) {
        boolean fixed = !it.model().can(Ability.TEMPERATURE) || Thinking.isOn(it);
        if (fixed) {
            nameIgnored(it);
        } else {
            writeFree(it);
        }
        List<String> stop = it.request().sampling().stop().stream()
                .filter(word -> !word.isBlank())
                .toList();
        if (!stop.isEmpty()) {
            stop.forEach(it.body().putArray("stop_sequences")::add);
        }
        if (stop.size() < it.request().sampling().stop().size()) {
            it.ignored().add("stop");
        }
    }

    private static void nameIgnored(Encoding it) {
        Sampling sampling = it.request().sampling();
        name(it, "temperature", sampling.temperature());
        name(it, "top_p", sampling.topP());
        name(it, "top_k", sampling.topK());
    }

    private static void name(Encoding it, String field, @Nullable Number asked) {
        if (asked != null) {
            it.ignored().add(field);
        }
    }

    private static void writeFree(Encoding it) {
        Sampling sampling = it.request().sampling();
        if (sampling.temperature() != null) {
            writeTemperature(it, sampling.temperature());
        }
        if (sampling.topP() != null) {
            writeTopP(it, sampling.topP());
        }
        if (sampling.topK() != null) {
            it.body().put("top_k", sampling.topK());
        }
    }

    private static void writeTemperature(Encoding it, double asked) {
        double clamped = Math.min(Math.max(asked, 0), 1);
        it.body().put("temperature", clamped);
        if (clamped != asked) {
            it.ignored().add("temperature");
        }
    }

    private static void writeTopP(Encoding it, double asked) {
        if (!it.body().has("temperature") || it.model().can(Ability.TOP_P_TOO)) {
            it.body().put("top_p", asked);
        } else {
            it.ignored().add("top_p");
        }
    }
}

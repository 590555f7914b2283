package dev.penstock.guard;

import dev.penstock.core.Caller;
import dev.penstock.exchange.Settings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which controls would hold for a caller, for those who ask. */
public final class GuardView {

    private GuardView() {}

    /** One control, in the words of routes.yml. */
    public record Line(String guardrail, String rule, String phase, String action, String onError) {}

    /** In the order in which they run; each once. */
    public static List<Line> of(Caller caller, Settings settings) {
        GuardBook.Page page = GuardBook.of(settings, List.of()).of(caller);
        return Stream.concat(page.input().controls().stream(), page.output().controls().stream())
                .distinct()
                .map(control -> new Line(
                        control.guardrail(),
                        control.config().rule().wire(),
                        control.config().phase().wire(),
                        control.config().action().wire(),
                        control.config().onError().name().toLowerCase(Locale.ROOT)))
                .toList();
    }
}

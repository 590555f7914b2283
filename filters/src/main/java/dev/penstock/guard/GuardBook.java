package dev.penstock.guard;

import dev.penstock.core.Caller;
import dev.penstock.core.TextKind;
import dev.penstock.exchange.Settings;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.Phase;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The controls of a configuration by whom they hold for; made once for each configuration, and anew when keys change. Thread-safe. */
final class GuardBook {

    private final List<String> secrets;
    private final Map<String, List<Control>> guardrails = new HashMap<>();
    private final PerCaller<Page> pages;

    private GuardBook(GuardSettings settings, List<String> secrets) {
        this.secrets = secrets;
        this.pages = new PerCaller<>(settings, this::page);
        List<String> known = Stream.concat(settings.providerKeys().stream(), secrets.stream())
                .distinct()
                .toList();
        settings.guardrails()
                .forEach((name, controls) -> guardrails.put(
                        name,
                        controls.stream()
                                .map(config -> Control.of(name, config, known))
                                .toList()));
    }

    /** The book of a configuration, with the keys of now. */
    private static final class Shelf {

        private final GuardSettings settings;
        private volatile GuardBook book;

        Shelf(GuardSettings settings) {
            this.settings = settings;
            this.book = new GuardBook(settings, List.of());
        }

        GuardBook with(List<String> secrets) {
            GuardBook now = book;
            if (now.secrets != secrets) {
                now = new GuardBook(settings, secrets);
                book = now;
            }
            return now;
        }
    }

    /** @param secrets the same list as long as they are the same */
    static GuardBook of(Settings settings, List<String> secrets) {
        return settings.derive(Shelf.class, it -> new Shelf(it.get(GuardSettings.class)))
                .with(secrets);
    }

    /** What holds for a caller. */
    Page of(Caller caller) {
        return pages.of(caller);
    }

    private Page page(List<String> names) {
        List<Control> controls =
                names.stream().flatMap(name -> guardrails.get(name).stream()).toList();
        return Page.of(controls);
    }

    /**
     * The controls of a caller.
     *
     * @param asked looks at what is asked, in whatever text
     * @param answered looks at whole answers
     * @param pieces looks at what streams, by the kind of text
     * @param holds whether anything that streams may be held or changed
     */
    record Page(
            Roster input,
            Roster output,
            Inspection asked,
            Inspection answered,
            Map<TextKind, Pieces> pieces,
            boolean holds) {

        static Page of(List<Control> controls) {
            List<Control> input = of(controls, Phase.INPUT);
            List<Control> output = of(controls, Phase.OUTPUT);
            Map<TextKind, Pieces> pieces = new EnumMap<>(TextKind.class);
            for (TextKind kind : TextKind.values()) {
                pieces.put(kind, Pieces.of(output, kind));
            }
            return new Page(
                    new Roster(input),
                    new Roster(output),
                    new Inspection(input),
                    new Inspection(output),
                    pieces,
                    pieces.values().stream().anyMatch(it -> !it.holding().isEmpty()));
        }

        private static List<Control> of(List<Control> controls, Phase phase) {
            return controls.stream()
                    .filter(control -> control.config().phase().has(phase))
                    .toList();
        }
    }

    /**
     * How a text that comes in pieces is looked at.
     *
     * @param holding by those that have to act before a text is sent on
     * @param watching by those that let it pass
     */
    record Pieces(Inspection holding, Inspection watching) {

        private static Pieces of(List<Control> output, TextKind kind) {
            return new Pieces(
                    new Inspection(output.stream().filter(it -> acts(it, kind)).toList()),
                    new Inspection(output.stream().filter(it -> !acts(it, kind)).toList()));
        }

        private static boolean acts(Control control, TextKind kind) {
            return control.action(kind).compareTo(Action.REDACT) >= 0;
        }
    }
}

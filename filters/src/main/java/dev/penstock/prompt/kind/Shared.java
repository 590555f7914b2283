package dev.penstock.prompt.kind;

import dev.penstock.prompt.template.Templates;
import java.nio.file.Path;

/** What the kinds of one directory have in common. Read once for each reading of the directory. */
record Shared(Templates templates, Partials partials, PlatformRules platforms, Brands brands) {

    /** @throws dev.penstock.prompt.template.PromptException when the platforms' file or a brand's cannot be used */
    static Shared of(Path kinds) {
        return new Shared(new Templates(), new Partials(kinds), PlatformRules.read(kinds), Brands.read(kinds));
    }
}

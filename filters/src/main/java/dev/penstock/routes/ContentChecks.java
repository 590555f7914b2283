package dev.penstock.routes;

import dev.penstock.audit.AuditConfig;
import dev.penstock.audit.content.MasterKey;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code audit.content: encrypted} asks for a master key, which no file of the platform team's holds. */
record ContentChecks(Function<String, @Nullable String> environment, Problems problems) {

    void check(AuditConfig audit, Tree at) {
        if (audit.content() != AuditConfig.Content.ENCRYPTED) {
            return;
        }
        try {
            if (MasterKey.of(environment).isEmpty()) {
                problems.add(at, "'encrypted', but " + MasterKey.expected());
            }
        } catch (IllegalArgumentException noKey) {
            problems.add(at, String.valueOf(noKey.getMessage()));
        }
    }
}

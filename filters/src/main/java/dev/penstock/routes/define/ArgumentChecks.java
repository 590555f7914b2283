package dev.penstock.routes.define;

import dev.penstock.routes.bind.Names;
import dev.penstock.routes.define.Call.Form;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.SecretForms;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Compares argument names, which Spring does not: it ignores a name that it does not know and takes the default. */
final class ArgumentChecks {

    private final Problems problems;

    ArgumentChecks(Problems problems) {
        this.problems = problems;
    }

    /** Tells what is wrong; true when nothing is. */
    boolean check(Call call, Plug plug) {
        return call.form() == Form.NAMED ? named(call, plug) : brief(call, plug);
    }

    private boolean named(Call call, Plug plug) {
        Collection<String> known = plug.arguments();
        boolean good = true;
        for (String argument : call.args().keySet()) {
            String name = Plug.first(argument);
            if (known.stream().noneMatch(it -> same(it, name))) {
                String shown = SecretForms.in(name) ? "…" : name;
                List<String> names = known.stream().map(Names::kebab).toList();
                problems.add(call.at(), plug.name() + ": " + Names.unknown("argument", shown, names));
                good = false;
            }
        }
        return good;
    }

    private boolean brief(Call call, Plug plug) {
        int given = call.args().size();
        if (plug.gathers() || given <= plug.shortcut().size()) {
            return true;
        }
        String takes = plug.shortcut().isEmpty() ? "none after =" : String.join(", ", plug.shortcut());
        problems.add(call.at(), plug.name() + ": " + given + " arguments (expected: " + takes + ")");
        return false;
    }

    private static boolean same(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}

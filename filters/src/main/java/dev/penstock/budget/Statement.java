package dev.penstock.budget;

import dev.penstock.budget.BudgetConfig.Lost;
import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a call held of accounts, beside what it is charged. */
final class Statement {

    private Statement() {}

    /** The decision for its records; {@code charges} is empty before the end. */
    static ObjectNode of(List<Claim> held, List<Claim> charges) {
        ObjectNode decision = Json.object();
        ArrayNode lines = decision.putArray("lines");
        for (int i = 0; i < held.size(); i++) {
            Account account = held.get(i).account();
            ObjectNode line = lines.addObject();
            line.put("account", account.name());
            line.put("window", account.window());
            line.put("ends", account.endsText());
            line.put("held", held.get(i).amount());
            line.put("lost", account.config().lost() == Lost.CHARGE_RESERVED ? "charge" : "release");
            Claim charge = charge(account, charges, i);
            if (charge != null) {
                line.put("charged", charge.amount());
            }
        }
        return decision;
    }

    /** What is charged beyond what was held for it. */
    static List<Claim> beyond(List<Claim> held, List<Claim> charges) {
        List<Claim> beyond = new ArrayList<>(0);
        for (int i = 0; i < held.size(); i++) {
            Account account = held.get(i).account();
            Claim charge = charge(account, charges, i);
            if (charge != null && charge.amount() > held.get(i).amount()) {
                beyond.add(new Claim(account, charge.amount() - held.get(i).amount()));
            }
        }
        return beyond;
    }

    /** What an account is charged; most often it stands where it stood when it was held. */
    private static @Nullable Claim charge(Account account, List<Claim> charges, int likely) {
        if (likely < charges.size() && charges.get(likely).account() == account) {
            return charges.get(likely);
        }
        return charges.stream()
                .filter(it -> it.account().key().equals(account.key()))
                .findFirst()
                .orElse(null);
    }
}

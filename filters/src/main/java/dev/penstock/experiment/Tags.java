package dev.penstock.experiment;

import dev.penstock.exchange.LlmExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header {@code x-penstock-tags}: {@code name=value}, several separated by commas.
 *
 * @param user the value of {@code user}; empty where there is none
 * @param others whether there is more than that, which nothing reads
 */
record Tags(String user, boolean others) {

    static final String HEADER = "x-penstock-tags";

    private static final String USER = "user=";
    private static final Tags NONE = new Tags("", false);

    static Tags of(LlmExchange exchange) {
        Optional<String> header = exchange.header(HEADER);
        return header.isEmpty() ? NONE : of(header.get());
    }

    private static Tags of(String header) {
        List<String> users = new ArrayList<>();
        boolean others = false;
        for (String tag : header.split(",")) {
            if (tag.strip().startsWith(USER)) {
                users.add(tag.strip().substring(USER.length()));
            } else {
                others |= !tag.isBlank();
            }
        }
        return new Tags(users.isEmpty() ? "" : users.get(0), others || users.size() > 1);
    }
}

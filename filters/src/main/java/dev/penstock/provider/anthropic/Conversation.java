package dev.penstock.provider.anthropic;

import static dev.penstock.core.Turn.Role.ASSISTANT;
import static dev.penstock.core.Turn.Role.SYSTEM;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import dev.penstock.provider.anthropic.AnthropicModel.Ability;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code system} and {@code messages} (PROVIDERS 4.2, 4.5, 13.2).
 *
 * <p>System texts in mid conversation stay where they are on models that know them and where these allow them; everywhere
 * else they join the system prompt.
 */
final class Conversation {

    private final Encoding it;
    private final List<Turn> turns;
    private final List<Message> messages = new ArrayList<>();

    private Conversation(Encoding it) {
        this.it = it;
        this.turns = it.request().turns();
    }

    static void write(Encoding it) {
        Conversation conversation = new Conversation(it);
        conversation.collect();
        conversation.sendSystemAsUser();
        ToolLoops.repair(conversation.messages);
        conversation.fillEnds();
        conversation.put();
    }

    private void collect() {
        for (int at = 0; at < turns.size(); at++) {
            Turn turn = turns.get(at);
            if (turn.name() != null) {
                it.ignored().add("messages.name");
            }
            if (turn.role() != SYSTEM) {
                append(turn.role() == ASSISTANT ? Message.ASSISTANT : Message.USER, Blocks.of(turn, at));
            } else if (staysInPlace(at)) {
                append(Message.SYSTEM, Blocks.of(turn, at));
            } else {
                it.system().addAll(texts(turn));
            }
        }
    }

    private boolean staysInPlace(int at) {
        if (messages.isEmpty() || !it.model().can(Ability.LATE_SYSTEM)) {
            return false;
        }
        int next = at;
        while (next < turns.size() && turns.get(next).role() == SYSTEM) {
            next++;
        }
        return next == turns.size() || turns.get(next).role() == ASSISTANT;
    }

    private static List<String> texts(Turn turn) {
        return turn.parts().stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .filter(text -> !text.isBlank())
                .toList();
    }

    private void append(String role, List<ObjectNode> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        if (!messages.isEmpty() && messages.get(messages.size() - 1).role().equals(role)) {
            messages.get(messages.size() - 1).blocks().addAll(blocks);
        } else {
            messages.add(new Message(role, new ArrayList<>(blocks)));
        }
    }

    private void sendSystemAsUser() {
        if (!messages.isEmpty()) {
            return;
        }
        if (it.system().isEmpty()) {
            throw GatewayException.invalid("messages", "without content", "at least one message that is not blank");
        }
        String text = it.system().stream().collect(Collectors.joining("\n\n"));
        it.system().clear();
        messages.add(Message.of(Message.USER, Blocks.text(text)));
    }

    /** The first message must be the user's; the last may be the assistant's on models that know prefill (PROVIDERS 4.6). */
    private void fillEnds() {
        if (!messages.get(0).role().equals(Message.USER)) {
            messages.add(0, Message.of(Message.USER, Blocks.text("(The conversation goes on.)")));
        }
        Message last = messages.get(messages.size() - 1);
        if (!last.role().equals(Message.ASSISTANT)) {
            return;
        }
        if (it.model().can(Ability.PREFILL)) {
            last.trimEnd();
        } else {
            messages.add(Message.of(Message.USER, Blocks.text("Please go on.")));
        }
    }

    private void put() {
        ArrayNode list = it.body().putArray("messages");
        messages.forEach(message -> message.writeTo(list.addObject()));
    }
}

package dev.penstock.surface.content;

import dev.penstock.core.Asked;
import dev.penstock.core.ChatAnswer;
import dev.penstock.core.Chunk;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.DeltaWriter;
import dev.penstock.exchange.Surface;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A surface for tests that never hear it speak. */
record Unspoken() implements Surface {

    @Override
    public String name() {
        return "unspoken";
    }

    @Override
    public ObjectNode whole(ChatAnswer answer, String id) {
        return Json.object();
    }

    @Override
    public DeltaWriter writer(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean wantsUsage(Asked asked) {
        return true;
    }

    @Override
    public boolean shows(Chunk chunk, Asked asked) {
        return true;
    }

    @Override
    public Optional<Chunk> report(ObjectNode report, Chunk last) {
        return Optional.empty();
    }

    @Override
    public String endMarker() {
        return "";
    }

    @Override
    public ObjectNode error(GatewayException failure, String requestId) {
        return Json.object();
    }

    @Override
    public String errorMediaType() {
        return "";
    }

    @Override
    public String errorEvent() {
        return "";
    }

    @Override
    public dev.penstock.exchange.Texts texts() {
        throw new UnsupportedOperationException();
    }
}

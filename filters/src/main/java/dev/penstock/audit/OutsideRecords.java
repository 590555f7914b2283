package dev.penstock.audit;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.Outside;
import java.time.Clock;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Records what was refused outside every route. */
final class OutsideRecords implements Outside {

    private static final int LONGEST_PATH = 200;
    private static final Pattern UNSHOWN = Pattern.compile("/(?!v1(?=/|$))(?![a-z-]{0,24}(?=/|$))[^/]*");

    private final Refusals refusals;
    private final Clock clock;

    OutsideRecords(Refusals refusals, Clock clock) {
        this.refusals = refusals;
        this.clock = clock;
    }

    @Override
    public void refused(Refused refused) {
        GatewayException told = refused.told();
        ObjectNode record = Json.object();
        record.put("type", CallRecords.REFUSAL);
        record.put("time", clock.instant().toString());
        record.put("request_id", refused.requestId());
        record.putObject("who").put("ip", refused.source());
        record.putObject("what").put("method", refused.method()).put("path", shown(refused.path()));
        record.put("outcome", told.code().wire());
        record.put("status", told.status());
        refusals.write(true, refused.source(), record);
    }

    /** Words only: what else stands in a path may be a key that went astray. */
    private static String shown(String path) {
        String words = UNSHOWN.matcher(path).replaceAll("/*");
        return words.substring(0, Math.min(words.length(), LONGEST_PATH));
    }
}

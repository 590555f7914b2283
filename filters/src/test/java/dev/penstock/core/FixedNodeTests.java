package dev.penstock.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link FixedNode}. */
class FixedNodeTests {

    private final ObjectNode tree =
            (ObjectNode) Json.LENIENT_DEPTH.read("{\"a\":[{\"b\":\"ü\"},1],\"c\":{\"d\":null}}");
    private final FixedNode fixed = FixedNode.of(tree);

    @Test
    void itIsEqualAndWrittenAsItWas() {
        String before = Json.LENIENT_DEPTH.text(tree);
        tree.put("e", 1);
        ((ObjectNode) tree.path("c")).put("f", 2);
        assertThat(Json.LENIENT_DEPTH.text(fixed)).isEqualTo(before);
        ObjectNode holder = Json.object();
        holder.set("it", fixed);
        assertThat(new String(TreeBytes.of(holder), UTF_8)).isEqualTo("{\"it\":" + before + "}");
        assertThat(fixed).isEqualTo(Json.LENIENT_DEPTH.read(before));
    }

    @Test
    void nobodyChangesItAndACopyMayBeChanged() {
        assertThatThrownBy(() -> fixed.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((ObjectNode) fixed.path("c")).remove("d"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> fixed.withArray("a").add(2)).isInstanceOf(UnsupportedOperationException.class);
        ObjectNode copy = fixed.deepCopy();
        copy.put("x", 1);
        copy.withArray("a").add(2);
        assertThat(TreeBytes.of(copy)).isEqualTo(Json.LENIENT_DEPTH.text(copy).getBytes(UTF_8));
    }
}

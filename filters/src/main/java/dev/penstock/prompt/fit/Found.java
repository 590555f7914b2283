package dev.penstock.prompt.fit;

import tools.jackson.databind.node.ObjectNode;

/**
 * An object in a model's text.
 *
 * @param mended it was not strict JSON as it stood there
 * @param cut the text ended inside it: its brackets were closed, and an unfinished value at the end was dropped
 */
record Found(ObjectNode object, boolean mended, boolean cut) {

    Found unwrapped(ObjectNode inner) {
        return new Found(inner, true, cut);
    }
}

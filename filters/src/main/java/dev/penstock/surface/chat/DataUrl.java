package dev.penstock.surface.chat;

import dev.penstock.core.GatewayException;

/**
 * The two halves of {@code data:image/png;base64,…}.
 *
 * @param mediaType without parameters
 * @param data base64, not decoded
 */
record DataUrl(String mediaType, String data) {

    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";

    static boolean is(String url) {
        return url.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** {@code path} names the member that holds it. */
    static DataUrl read(String url, String path) {
        int comma = url.indexOf(',');
        String head = comma < 0 ? "" : url.substring(SCHEME.length(), comma);
        if (!head.endsWith(BASE64) || head.length() == BASE64.length()) {
            throw GatewayException.invalid(path, "is another data URL", "data:TYPE;base64,DATA");
        }
        return new DataUrl(head.substring(0, head.indexOf(';')), url.substring(comma + 1));
    }
}

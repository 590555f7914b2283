package dev.penstock.surface;

import dev.penstock.exchange.ErrorShape;

/**
 * How a failure that no route has taken looks to its caller.
 *
 * @param chat OpenAI's shape, for every path that belongs to no other
 * @param content problem details; also for administrators
 */
record Surfaces(ErrorShape chat, ErrorShape content, ErrorShape messages) {

    ErrorShape ofPath(String path) {
        if (isUnder("/v1/content", path)) {
            return content;
        }
        return isUnder("/v1/messages", path) ? messages : chat;
    }

    private static boolean isUnder(String root, String path) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}

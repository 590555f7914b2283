package dev.penstock.experiment;

import dev.penstock.experiment.ExperimentConfig.StickyBy;

/**
 * Who a request is from, as draws know it.
 *
 * @param user as the service names it: in the body of a chat request, else in the header {@code x-penstock-tags: user=…}; empty
 *     where it names none
 */
record StickyKey(String service, String user) {

    /** A request that names no user counts for its service, also where users are told apart. */
    StickyBy by(StickyBy wanted) {
        return user.isEmpty() ? StickyBy.SERVICE : wanted;
    }

    String text(StickyBy wanted) {
        return by(wanted) == StickyBy.USER ? service + "\0" + user : service;
    }
}

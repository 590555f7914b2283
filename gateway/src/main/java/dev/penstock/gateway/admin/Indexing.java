package dev.penstock.gateway.admin;

import dev.penstock.records.index.RecordIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the index near the records. */
final class Indexing {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.audit");

    private Indexing() {}

    /** Whatever goes wrong is told, and tried again with the next run: every search takes in what is missing itself. */
    static void run(RecordIndex index) {
        try {
            index.catchUp();
        } catch (RuntimeException failure) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LOG.warn("the index of records could not be kept: {}", failure.toString());
        }
    }
}

package dev.penstock.guard.pii;

import java.util.Locale;

/** What can be recognised by its form. */
public enum PiiType {
    EMAIL,
    PHONE,
    CARD,
    IBAN,
    SSN,
    IP;

    /** As routes.yml, records and meters have it. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

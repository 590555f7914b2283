package dev.penstock.gateway.admin;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What an administrator is, and with it what he may do. */
public enum AdminRole {
    VIEWER(EnumSet.of(Right.VIEW)),
    /** Reads what callers sent and got; nobody else does, so that who changes things and who reads them are two people. */
    AUDITOR(EnumSet.of(Right.VIEW, Right.CONTENT)),
    OPERATOR(EnumSet.of(Right.VIEW, Right.OPERATE)),
    ADMIN(EnumSet.of(Right.VIEW, Right.OPERATE, Right.ADMINISTER));

    /** What an endpoint asks for. */
    public enum Right {
        /** See how things are; never a secret, nor content. */
        VIEW,
        /** Read the content of records, and decide on how long it is kept. */
        CONTENT,
        /** Try and reload configurations, preview prompts, open breakers. */
        OPERATE,
        /** Issue, rotate and revoke keys and tokens. */
        ADMINISTER
    }

    private final Set<Right> rights;

    AdminRole(Set<Right> rights) {
        this.rights = rights;
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }

    /** Whether the content of a record may be shown to this role. */
    public static boolean mayReadContent(AdminRole role) {
        return role.may(Right.CONTENT);
    }

    /** Its word in tokens, records and answers. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.penstock.budget;

/** What becomes of a call while nobody can say how budgets stand. */
public enum WhenUnknown {
    /** It is not sent: 503 {@code budget_unavailable}. */
    CLOSED,
    /** It is sent, and charged when budgets are known again. */
    OPEN
}

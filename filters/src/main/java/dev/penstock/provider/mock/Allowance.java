package dev.penstock.provider.mock;

/** How much work one schema may cost: schemas come from callers, and a few lines of them can describe an endless value. */
final class Allowance {

    private int left;

    Allowance(int steps) {
        this.left = steps;
    }

    /** Whether one more step may be done. */
    boolean take() {
        return left-- > 0;
    }
}

package dev.penstock.budget;

import dev.penstock.budget.Decision.Denied;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.PassedOver;
import java.time.Duration;

/** Says why an attempt is not paid for. */
final class Insufficient {

    private static final Duration SOON = Duration.ofSeconds(1);

    private Insufficient() {}

    static PassedOver unpriced(Attempt attempt) {
        Told told = Told.param(
                "model",
                "The price of " + attempt.provider() + "/" + attempt.model()
                        + " is not known, and a budget has to be kept (expected: a line in prices.overrides, or cost: free).");
        return new PassedOver(Reason.OVER_BUDGET, SOON, new GatewayException(ErrorCode.PRICE_UNKNOWN, told));
    }

    /** Nobody can say how budgets stand. */
    static GatewayException unknown(Duration comeBack) {
        return new GatewayException(
                ErrorCode.BUDGET_UNAVAILABLE,
                Told.NOTHING.after(comeBack),
                "the store of budgets does not say how they stand, and degraded.budgets is closed");
    }

    static PassedOver passedOver(Denied denied) {
        ErrorCode code = denied.exhausted() ? ErrorCode.BUDGET_EXHAUSTED : ErrorCode.BUDGET_RESERVED;
        Account account = denied.account();
        Told told = Told.of(code.message() + " (" + account.name() + ")")
                .with("scope", account.name())
                .with("limit", Money.usd(account.limit()))
                .with("spent", Money.usd(denied.spent()))
                .with("held", Money.usd(denied.held()))
                .with("resets_at", account.ends().toString());
        Told whole = code == ErrorCode.BUDGET_RESERVED ? told.after(SOON) : told;
        return new PassedOver(Reason.OVER_BUDGET, SOON, new GatewayException(code, whole));
    }
}

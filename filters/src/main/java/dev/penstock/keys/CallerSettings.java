package dev.penstock.keys;

import dev.penstock.budget.BudgetConfig;
import dev.penstock.keys.jwt.JwtConfig;
import dev.penstock.limit.LimitConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The sections {@code services:}, {@code teams:} and {@code callers:}. */
public record CallerSettings(
        Map<String, ServiceConfig> services, Map<String, TeamConfig> teams, IdentityConfig identities) {

    /** Callers that are known by keys only. */
    public CallerSettings(Map<String, ServiceConfig> services, Map<String, TeamConfig> teams) {
        this(services, teams, IdentityConfig.NONE);
    }

    /**
     * Who a caller is, beside its keys.
     *
     * @param mtls by the certificate of its connection
     */
    public record IdentityConfig(Optional<JwtConfig> jwt, Optional<MtlsConfig> mtls) {

        public static final IdentityConfig NONE = new IdentityConfig(Optional.empty(), Optional.empty());

        /** Absent where no issuer is named. */
        public Optional<JwtConfig> tokens() {
            return jwt.filter(it -> !it.issuer().isEmpty());
        }
    }

    /** @param subject the attribute of the certificate's subject that holds the service's name, such as {@code CN}; empty for none */
    public record MtlsConfig(@DefaultValue("") String subject) {}

    /**
     * An internal service.
     *
     * @param team its name in {@code teams:}
     * @param models patterns of the models it may ask for
     * @param guardrails names of {@code guardrails:}
     */
    public record ServiceConfig(
            Optional<String> team,
            @DefaultValue List<CallerKeyConfig> keys,
            @DefaultValue("*") List<String> models,
            Optional<BudgetConfig> budget,
            @DefaultValue List<LimitConfig> limits,
            @DefaultValue List<String> guardrails) {}

    /**
     * A caller's key: exactly one of {@code value} and {@code sha256} (64 hex digits); an empty value is no key.
     *
     * @param loopbackOnly works only while the data port is bound to loopback, and never for a forwarded request
     */
    public record CallerKeyConfig(
            String id,
            Optional<String> value,
            Optional<String> sha256,
            @DefaultValue("false") boolean loopbackOnly,
            Optional<BudgetConfig> budget) {

        /** Never shows the key. */
        @Override
        public String toString() {
            return "CallerKeyConfig[id=" + id + "]";
        }
    }

    /** A team that pays; what it says holds for each of its services. */
    public record TeamConfig(
            Optional<BudgetConfig> budget,
            @DefaultValue List<LimitConfig> limits,
            @DefaultValue List<String> guardrails) {}
}

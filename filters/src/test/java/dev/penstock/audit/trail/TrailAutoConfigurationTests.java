package dev.penstock.audit.trail;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.audit.AuditConfig;
import dev.penstock.audit.CheckpointsConfig;
import dev.penstock.audit.ShipperConfig;
import dev.penstock.exchange.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Tests for {@link TrailAutoConfiguration}. */
class TrailAutoConfigurationTests {

    private static final ShipperConfig SHIPPER = new ShipperConfig(
            "",
            ShipperConfig.Type.WEBHOOK,
            Optional.of(URI.create("https://a.example/x")),
            false,
            ShipperConfig.Events.ALL,
            false,
            Map.of());

    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

    private void prepare(List<ShipperConfig> shippers) {
        AuditConfig audit = new AuditConfig(
                AuditConfig.Content.NONE,
                AuditConfig.Completion.ASYNC,
                AuditConfig.Mode.STRICT,
                new CheckpointsConfig(""),
                Duration.ofDays(1),
                shippers);
        new TrailAutoConfiguration()
                .penstockShippersBeforeSwap(beans)
                .prepare(new Settings("hash", Map.of(AuditConfig.class, audit)));
    }

    @Test
    void shippersAreRefusedWhereNothingShips() {
        assertThatThrownBy(() -> prepare(List.of(SHIPPER))).hasMessageContaining("audit.shippers: nothing here ships");
        assertThatCode(() -> prepare(List.of())).doesNotThrowAnyException();
    }

    @Test
    void andTakenWhereSomethingDoes() {
        beans.addBean("shipped", (Shipped) () -> 0);
        assertThatCode(() -> prepare(List.of(SHIPPER))).doesNotThrowAnyException();
    }
}

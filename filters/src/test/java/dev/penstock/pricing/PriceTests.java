package dev.penstock.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Need;
import dev.penstock.core.Usage;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a usage costs by a price list. */
class PriceTests {

    private static final Rate ONE_NANO_A_TOKEN = new Rate(1_000_000, List.of());

    @Test
    void everyLineIsRoundedUp() {
        Price price = price(Map.of(Item.INPUT, usd("0.0004"), Item.OUTPUT, usd("0.0016")));
        // 3 tokens are 1.2 nano-USD and 4.8
        Cost cost = price.cost(Usage.reported(3, 3));
        assertThat(cost.lines())
                .containsExactly(new Cost.Line(Item.INPUT, 3, 400_000, 2), new Cost.Line(Item.OUTPUT, 3, 1_600_000, 5));
        assertThat(cost.nanoUsd()).isEqualTo(7);
    }

    @Test
    void whatIsWholeIsNotRounded() {
        Price price = price(Map.of(Item.INPUT, usd("0.40"), Item.OUTPUT, usd("1.60")));
        assertThat(price.cost(Usage.reported(1_000_000, 1_000_000)).nanoUsd()).isEqualTo(2_000_000_000L);
    }

    @Test
    void cachedTokensArePartOfTheInputAndPricedApart() {
        Price price = price(Map.of(
                Item.INPUT, usd("1"),
                Item.CACHED_INPUT, usd("0.1"),
                Item.CACHE_WRITE, usd("1.25"),
                Item.CACHE_WRITE_HOUR, usd("2")));
        Cost cost = price.cost(Usage.reported(1000, 0).cached(400, 300, 200));
        assertThat(units(cost))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Item.INPUT,
                        100L,
                        Item.CACHED_INPUT,
                        400L,
                        Item.CACHE_WRITE,
                        300L,
                        Item.CACHE_WRITE_HOUR,
                        200L));
        assertThat(cost.nanoUsd()).isEqualTo(100_000 + 40_000 + 375_000 + 400_000);
    }

    @Test
    void aMissingCachePriceIsTheInputPrice() {
        Price price = price(Map.of(Item.INPUT, usd("1")));
        assertThat(price.cost(Usage.reported(1000, 0).cached(400, 300, 200)).nanoUsd())
                .isEqualTo(1_000_000);
    }

    @Test
    void reasoningIsPartOfTheOutputUnlessItHasAPrice() {
        Usage usage = Usage.reported(0, 100).reasoning(60);
        assertThat(units(price(Map.of(Item.INPUT, usd("1"), Item.OUTPUT, usd("2")))
                        .cost(usage)))
                .isEqualTo(Map.of(Item.OUTPUT, 100L));
        assertThat(units(price(Map.of(Item.INPUT, usd("1"), Item.OUTPUT, usd("2"), Item.REASONING, usd("3")))
                        .cost(usage)))
                .isEqualTo(Map.of(Item.OUTPUT, 40L, Item.REASONING, 60L));
    }

    @Test
    void aTierPricesTheWholeRequest() {
        Rate tiered = new Rate(3_000_000, List.of(new Rate.Tier(200, 6_000_000)));
        Price price = price(Map.of(Item.INPUT, tiered, Item.OUTPUT, tiered));
        assertThat(price.cost(Usage.reported(200, 10)).nanoUsd()).isEqualTo(600 + 30);
        assertThat(price.cost(Usage.reported(201, 10)).nanoUsd()).isEqualTo(1206 + 60);
        assertThat(price.cost(Usage.reported(201, 10).cached(201, 0, 0)).nanoUsd())
                .as("cached tokens count too")
                .isEqualTo(1206 + 60);
    }

    @Test
    void callsArePricedByTheThousand() {
        Price price = price(Map.of(Item.INPUT, usd("1"), Item.WEB_SEARCH, usd("10"), Item.REQUEST, usd("12")));
        assertThat(price.cost(Usage.reported(0, 0).searches(2)).nanoUsd()).isEqualTo(20_000_000 + 12_000_000);
    }

    @Test
    void whatHasNoPriceIsNamedAndNotZero() {
        Cost cost =
                price(Map.of(Item.INPUT, usd("1"))).cost(Usage.reported(1, 0).searches(2));
        assertThat(cost.unpriced()).containsExactly(Item.WEB_SEARCH);
        assertThat(cost.lines()).extracting(Cost.Line::item).containsExactly(Item.INPUT);
    }

    @Test
    void aReportThatContradictsItselfCostsWhatItsTotalsSay() {
        Price price = price(Map.of(Item.INPUT, ONE_NANO_A_TOKEN, Item.AUDIO_INPUT, ONE_NANO_A_TOKEN));
        Usage usage = Usage.reported(10, 5).cached(8, 8, 8).audio(99, 99).reasoning(99);
        assertThat(price.cost(usage).nanoUsd()).isEqualTo(15);
        assertThat(price.cost(Usage.reported(-1, -1)).nanoUsd()).isZero();
    }

    @Test
    void whatDoesNotFitIntoALongIsAnErrorAndNotASmallNumber() {
        Price price = price(Map.of(Item.INPUT, usd("600")));
        assertThat(price.cost(Usage.reported(1_000_000_000_000L, 0)).nanoUsd()).isEqualTo(600_000_000_000_000_000L);
        assertThatThrownBy(() -> price.cost(Usage.reported(Long.MAX_VALUE, 0))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> price.ceiling(Long.MAX_VALUE, 0, 0, Set.of())).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void whatIsFreeCostsNothing() {
        Usage usage = Usage.reported(100, 100).searches(3);
        assertThat(Price.FREE.cost(usage).nanoUsd()).isZero();
        assertThat(Price.FREE.cost(usage).unpriced()).isEmpty();
        assertThat(Price.FREE.ceiling(100, 100, 3, EnumSet.allOf(Need.class))).isZero();
    }

    @Test
    void audioRaisesTheCeilingOnlyWhereItIsAsked() {
        Price price = price(Map.of(Item.INPUT, usd("1"), Item.AUDIO_INPUT, usd("100")));
        assertThat(price.ceiling(1000, 0, 0, Set.of())).isLessThan(1_100_000);
        assertThat(price.ceiling(1000, 0, 0, Set.of(Need.AUDIO))).isGreaterThanOrEqualTo(100_000_000);
    }

    @TestFactory
    Stream<DynamicTest> noUsageCostsMoreThanItsCeiling() {
        long seed = new Random().nextLong();
        return LongStream.range(seed, seed + 20)
                .mapToObj(it -> DynamicTest.dynamicTest("seed " + it, () -> ceiling(new Random(it))));
    }

    private static void ceiling(Random random) {
        Map<Item, Rate> rates = new EnumMap<>(Item.class);
        rates.put(Item.INPUT, rate(random));
        for (Item item : Item.values()) {
            if (random.nextBoolean()) {
                rates.put(item, rate(random));
            }
        }
        Price price = price(rates);
        for (int i = 0; i < 200; i++) {
            long input = random.nextInt(2000);
            long output = random.nextInt(2000);
            long searches = random.nextInt(3);
            Usage usage = Usage.reported(random.nextLong(input + 1), random.nextLong(output + 1))
                    .cached(random.nextInt(900), random.nextInt(900), random.nextInt(900))
                    .reasoning(random.nextInt(900))
                    .audio(random.nextInt(900), random.nextInt(900))
                    .images(random.nextInt(900), random.nextInt(900))
                    .searches(random.nextLong(searches + 1));
            assertThat(price.ceiling(input, output, searches, Set.of(Need.AUDIO, Need.IMAGES)))
                    .as("%s of %s", usage, rates)
                    .isGreaterThanOrEqualTo(price.cost(usage).nanoUsd());
        }
    }

    private static Rate rate(Random random) {
        return new Rate(
                random.nextInt(5_000_000), List.of(new Rate.Tier(random.nextInt(2000), random.nextInt(9_000_000))));
    }

    private static Price price(Map<Item, Rate> rates) {
        return new Price("test", rates);
    }

    private static Rate usd(String usd) {
        return Rate.flat(new BigDecimal(usd));
    }

    private static Map<Item, Long> units(Cost cost) {
        Map<Item, Long> units = new EnumMap<>(Item.class);
        cost.lines().forEach(line -> units.put(line.item(), line.units()));
        return units;
    }
}

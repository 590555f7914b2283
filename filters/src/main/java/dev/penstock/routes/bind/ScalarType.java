package dev.penstock.routes.bind;

import dev.penstock.budget.Money;
import dev.penstock.experiment.Percent;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;

/**
 * A type that is written as one text.
 *
 * @param expected what a text must look like, for messages
 * @param parse throws any unchecked exception for a text that does not
 */
record ScalarType(String expected, Function<String, Object> parse) {

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");
    private static final Pattern SIZE = Pattern.compile("\\d{1,9}(B|KB|MB|GB)?");

    private static final ScalarType INT =
            new ScalarType("a whole number", text -> Integer.parseInt(formed(WHOLE, text)));
    private static final ScalarType LONG =
            new ScalarType("a whole number", text -> Long.parseLong(formed(WHOLE, text)));
    private static final ScalarType DOUBLE =
            new ScalarType("a number", text -> Double.parseDouble(formed(DECIMAL, text)));
    private static final ScalarType BOOLEAN = new ScalarType("true or false", ScalarType::bool);

    private static final Map<Class<?>, ScalarType> TYPES = Map.ofEntries(
            Map.entry(String.class, new ScalarType("a text", text -> text)),
            Map.entry(int.class, INT),
            Map.entry(Integer.class, INT),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(double.class, DOUBLE),
            Map.entry(Double.class, DOUBLE),
            Map.entry(BigDecimal.class, new ScalarType("a number", text -> new BigDecimal(formed(DECIMAL, text)))),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(Duration.class, new ScalarType(Durations.EXPECTED, Durations::parse)),
            Map.entry(
                    DataSize.class,
                    new ScalarType("a size such as 512KB or 10MB", text -> DataSize.parse(formed(SIZE, text)))),
            Map.entry(
                    Money.class,
                    new ScalarType("an amount such as 25 USD, 0.5 USD or 25 (USD); nothing for none", Money::parse)),
            Map.entry(Percent.class, new ScalarType(Percent.EXPECTED, Percent::parse)),
            Map.entry(ZoneId.class, new ScalarType("a time zone such as UTC or Europe/Berlin", ZoneId::of)),
            Map.entry(URI.class, new ScalarType("a URL", URI::create)));

    static Optional<ScalarType> of(Class<?> type) {
        return Optional.ofNullable(TYPES.get(type));
    }

    private static Object bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("not a switch");
        }
        return text.equals("true");
    }

    private static String formed(Pattern form, String text) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("not of its form");
        }
        return text;
    }
}

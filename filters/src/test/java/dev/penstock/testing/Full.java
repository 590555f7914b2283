package dev.penstock.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test whose count an issue states; {@code -Pfull} runs it in full and {@link FullTable} lists it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Full {

    /** The issue and its line, such as {@code 4.2}. */
    String line();

    /** The system property that holds the count. */
    String count();
}

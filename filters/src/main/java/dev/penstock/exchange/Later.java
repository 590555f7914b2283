package dev.penstock.exchange;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Keys of a configuration record that the contract names and this version does not have: told as such, never ignored. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Later {

    /** As they stand in routes.yml. */
    String[] value();
}

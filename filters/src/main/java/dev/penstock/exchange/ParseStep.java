package dev.penstock.exchange;

/** A step that reads the body of one surface: names that surface, also for errors before and after it. */
public interface ParseStep {

    Surface surface();
}

package dev.penstock.upstream;

/** Whoever has to end what takes too long. */
interface Hurried {

    /** A limit passed: on a thread of the timer, and possibly more than once. */
    void passed(Expired why);
}

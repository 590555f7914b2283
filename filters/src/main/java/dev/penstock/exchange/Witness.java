package dev.penstock.exchange;

/** Sees what becomes of an answer. */
interface Witness {

    /** It begins; gives what is handed on, mostly the same. What this throws becomes the failure of the answer. */
    Answer answered(Answer answer);

    void failed(Throwable failure);

    /** May come more than once, and after the others. */
    void cancelled();
}

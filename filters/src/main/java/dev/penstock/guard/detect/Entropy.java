package dev.penstock.guard.detect;

/** How much a text looks drawn at random. */
final class Entropy {

    private Entropy() {}

    /** Shannon's, in bits a character; 0 for one that is one letter over and over. ASCII only. */
    static double of(CharSequence text, int from, int to) {
        int[] counts = new int[128];
        for (int i = from; i < to; i++) {
            counts[text.charAt(i) & 127]++;
        }
        double bits = 0;
        double length = to - from;
        for (int count : counts) {
            if (count > 0) {
                bits -= count / length * (Math.log(count / length) / Math.log(2));
            }
        }
        return bits;
    }

    /** Whether there are digits and letters in it. */
    static boolean isMixed(String text, int from, int to) {
        boolean digit = false;
        boolean letter = false;
        for (int i = from; i < to; i++) {
            digit |= Chars.isDigit(text.charAt(i));
            letter |= Chars.isAlnum(text.charAt(i)) && !Chars.isDigit(text.charAt(i));
        }
        return digit && letter;
    }
}

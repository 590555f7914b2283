package dev.penstock.guard.pii;

import dev.penstock.guard.detect.Chars;
import dev.penstock.guard.detect.Match;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** International bank account numbers, whole or in groups of four, by their country's length and their check sum (ISO 13616). */
final class Ibans {

    private static final BigInteger MODULUS = BigInteger.valueOf(97);
    private static final Map<String, Integer> LENGTHS = lengths(
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18"
                    + " FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21"
                    + " LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22"
                    + " SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20");

    private Ibans() {}

    private static Map<String, Integer> lengths(String table) {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : table.split(" ")) {
            lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
        return Map.copyOf(lengths);
    }

    static void find(String text, Found to) {
        int at = 2;
        while (at + 1 < text.length()) {
            int end = isBegun(text, at) ? end(text, at - 2) : -1;
            if (end >= 0) {
                to.add(Match.of(PiiType.IBAN.wire(), at - 2, end));
                at = end;
            }
            at++;
        }
    }

    /** Two letters before, two digits from {@code at}. */
    private static boolean isBegun(String text, int at) {
        return Chars.isDigit(text.charAt(at))
                && Chars.isDigit(text.charAt(at + 1))
                && isLetter(text.charAt(at - 1))
                && isLetter(text.charAt(at - 2))
                && Chars.isEdge(text, at - 2);
    }

    private static boolean isLetter(char c) {
        return Chars.isAlnum(c) && !Chars.isDigit(c);
    }

    private static int end(String text, int start) {
        Integer length = LENGTHS.get(text.substring(start, start + 2).toUpperCase(Locale.ROOT));
        if (length == null) {
            return -1;
        }
        StringBuilder account = new StringBuilder(length);
        int at = start;
        while (at < text.length() && account.length() < length) {
            char c = text.charAt(at);
            if (Chars.isAlnum(c)) {
                account.append(c);
            } else if (c != ' ' && c != '-' || account.length() % 4 != 0) {
                return -1;
            }
            at++;
        }
        return account.length() == length && Chars.isEdge(text, at) && isRight(account.toString()) ? at : -1;
    }

    private static boolean isRight(String account) {
        StringBuilder digits = new StringBuilder();
        String turned = account.substring(4) + account.substring(0, 4);
        turned.chars().forEach(c -> digits.append(Character.digit(c, 36)));
        return new BigInteger(digits.toString()).mod(MODULUS).intValue() == 1;
    }
}

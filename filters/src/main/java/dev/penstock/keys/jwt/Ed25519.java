package dev.penstock.keys.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/** EdDSA over Ed25519 (RFC 8037, RFC 9864) by the JDK's own signatures; Nimbus wants a further library for it. */
final class Ed25519 {

    /** What tokens call it: the old name stands for the curve of the key. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.EdDSA, new JWSAlgorithm("Ed25519"));

    /** All of a public key's X.509 form but its 32 bytes. */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int LENGTH = 32;

    private Ed25519() {}

    /** False as well for a key of another curve or length, and for a token that wants more of its reader than is known here. */
    static boolean isSigned(SignedJWT token, OctetKeyPair key) {
        byte[] point = key.getDecodedX();
        Set<String> critical = token.getHeader().getCriticalParams();
        if (!key.getCurve().equals(Curve.Ed25519)
                || point.length != LENGTH
                || !ALGORITHMS.contains(token.getHeader().getAlgorithm())
                || critical != null && !critical.isEmpty()) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key(point));
            signature.update(token.getSigningInput());
            return signature.verify(token.getSignature().decode());
        } catch (GeneralSecurityException broken) {
            return false;
        }
    }

    private static PublicKey key(byte[] point) throws GeneralSecurityException {
        byte[] encoded = new byte[PREFIX.length + LENGTH];
        System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
        System.arraycopy(point, 0, encoded, PREFIX.length, LENGTH);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}

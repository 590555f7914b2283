package dev.penstock.credential;

/** One upstream secret under the id that routes.yml gives it. */
public record Credential(String id, String secret) {

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "Credential[id=" + id + "]";
    }
}

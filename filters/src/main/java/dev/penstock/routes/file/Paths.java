package dev.penstock.routes.file;

/** Key paths as they are shown: {@code providers.openai.keys[0].value}. */
final class Paths {

    private Paths() {}

    static String child(String parent, String key) {
        String shown = SecretForms.hide(key);
        return parent.isEmpty() ? shown : parent + "." + shown;
    }

    static String item(String parent, int index) {
        return parent + "[" + index + "]";
    }

    static boolean within(String path, String outer) {
        return path.startsWith(outer)
                && (path.length() == outer.length()
                        || outer.isEmpty()
                        || ".[".indexOf(path.charAt(outer.length())) >= 0);
    }
}

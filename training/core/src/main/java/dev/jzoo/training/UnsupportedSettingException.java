package dev.jzoo.training;

/** A failure because a recipe or an engine does not have a setting. The message names both and a possible setting. */
public final class UnsupportedSettingException extends IllegalArgumentException {

    public UnsupportedSettingException(String message) {
        super(message);
    }
}

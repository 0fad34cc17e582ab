package dev.jzoo.training;

/** A setting of a run that its recipe or its engine does not have. The message names both and what to set instead. */
public final class UnsupportedSettingException extends IllegalArgumentException {

    public UnsupportedSettingException(String message) {
        super(message);
    }
}

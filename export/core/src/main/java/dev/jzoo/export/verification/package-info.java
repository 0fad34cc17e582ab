/**
 * Verification of finished ONNX files. In comes a file with what is claimed of it: a manifest's digests, test data, a card.
 * Out comes a {@link dev.jzoo.export.verification.Verdict}; a check that fails is part of it, not an exception.
 *
 * <p>Read {@link dev.jzoo.export.verification.ModelCheck} first, which checks one file, then
 * {@link dev.jzoo.export.verification.ModelVerifier}, which finds the models that a user names.
 */
package dev.jzoo.export.verification;

/**
 * How much a caller, a team or a provider may have in a time, and at once.
 *
 * <p>A limit stands where it is declared: of a service, of a team, of a provider. Those by model and by provider, and all of
 * providers, hold for every attempt; the others for the request. The surprising thing: tokens are taken before anyone has
 * counted them. An estimate is taken, and what was wrong in it is put right when the answer is over; a limit that was
 * overdrawn that way begins its next window with the debt.
 */
@NullMarked
package dev.penstock.limit;

import org.jspecify.annotations.NullMarked;

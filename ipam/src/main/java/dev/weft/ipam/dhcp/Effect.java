package dev.weft.ipam.dhcp;

/// What a client wants done, or wants known. Several of one step are in the order in which they are
/// to be done.
public sealed interface Effect permits Transmission, LeaseEvent {}

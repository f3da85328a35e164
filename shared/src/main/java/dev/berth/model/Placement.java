package dev.berth.model;

/** The host that a game is bound to, and what is reserved for it there. */
public record Placement(HostId host, Resources reserved) {}

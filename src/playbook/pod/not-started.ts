/** The state of what is pulled and never runs by itself, or has not run yet: a container's facts from `terminated` to `log`. */
export const notStarted = { terminated: null, running: false, restarts: 0, imageId: null, log: null } as const;

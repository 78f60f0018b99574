import { objects, present, text } from '../fields.ts';

/** References by name, those that have one. */
export function names(value: unknown): readonly object[] | undefined {
  const known = objects(value).flatMap(({ name }) => (text(name) === undefined ? [] : [{ name: text(name) }]));
  return known.length === 0 ? undefined : known;
}

/** Containers by what decides their pulls: no environment, no arguments. */
export function containers(value: unknown): readonly object[] | undefined {
  const known = objects(value).flatMap(({ name, image, imagePullPolicy, restartPolicy, volumeMounts }) => {
    const own = text(name);
    if (own === undefined) return [];
    const mounts = names(volumeMounts);
    return [
      present({
        name: own,
        image: text(image),
        imagePullPolicy: text(imagePullPolicy),
        restartPolicy: text(restartPolicy),
        volumeMounts: mounts,
      }),
    ];
  });
  return known.length === 0 ? undefined : known;
}

/** As the API serves them. */
export function conditions(value: unknown): readonly object[] | undefined {
  const known = objects(value).map(({ type, status, reason, message, lastTransitionTime }) =>
    present({
      type: text(type) ?? '',
      status: text(status) ?? '',
      reason: text(reason),
      message: text(message),
      lastTransitionTime: text(lastTransitionTime),
    }),
  );
  return known.length === 0 ? undefined : known;
}

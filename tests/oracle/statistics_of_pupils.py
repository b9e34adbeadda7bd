"""The same numbers by other roads: scipy and scikit-learn, which know nothing of segregation.

    python tests/oracle/statistics_of_pupils.py

Each index is an old statistic of the list of all pupils in disguise. Call a pupil's *share* the focal group's
share at the pupil's school; then

- D is the Kolmogorov–Smirnov distance of the members' shares from the others' (scipy.stats.ks_2samp), GS that
  of the members' from everyone's;
- G is twice the area under the ROC curve, less one, of the share as a guess at membership (roc_auc_score);
- V is the squared correlation of membership and share (scipy.stats.pearsonr), and, with two groups, the
  square of Cramér's V (scipy.stats.contingency.association);
- O is half the squared Euclidean distance of the roots of both distributions (scipy.spatial.distance);
- xPx is the members' mean share;
- M is the mutual information of school and group (mutual_info_score); H the homogeneity of the schools
  (homogeneity_score);
- C is chi-squared over N(K − 1) (chi2_contingency); the other indices of many groups are means of the V, D
  and G of each group against the rest, weighted by P or by P(1 − P);
- a school's local segregation is a Kullback–Leibler divergence (scipy.stats.entropy).
"""

import numpy as np
import scipy
import sklearn
from scipy import stats
from scipy.spatial.distance import sqeuclidean
from sklearn.metrics import homogeneity_score, mutual_info_score, roc_auc_score
from tables import read, write


def pupils(n, focal):
    """One entry a pupil: member or not, and the group's share at the school."""
    x, t = n[:, focal], n.sum(1)
    member = np.concatenate([np.repeat([1, 0], [a, b - a]) for a, b in zip(x, t, strict=True)])
    return member, np.repeat(np.divide(x, t, out=np.zeros(len(t)), where=t > 0), t)


def two_groups(n, focal) -> dict:
    member, share = pupils(n, focal)
    x, y = n[:, focal], n.sum(1) - n[:, focal]
    even = np.ptp(share) == 0
    r = 0.0 if even else stats.pearsonr(member, share).statistic
    return {
        "dissimilarity": stats.ks_2samp(share[member == 1], share[member == 0], method="asymp").statistic,
        "gorard": stats.ks_2samp(share[member == 1], share, method="asymp").statistic,
        "gini": 2 * roc_auc_score(member, share) - 1,
        "hutchens": sqeuclidean(np.sqrt(x / x.sum()), np.sqrt(y / y.sum())) / 2,
        "isolation": share[member == 1].mean(),
        "interaction": 1 - share[member == 1].mean(),
        "correlation_ratio": r**2,
    }


def many_groups(n) -> dict:
    n = n[n.sum(1) > 0]
    school, group = (np.repeat(i, n.ravel()) for i in np.indices(n.shape).reshape(2, -1))
    each = [two_groups(n, k) for k in range(n.shape[1])]
    P = n.sum(0) / n.sum()

    def mean(name, weights):
        return float(np.average([one[name] for one in each], weights=weights))

    two = {"cramer": stats.contingency.association(n, "cramer") ** 2} if n.shape[1] == 2 else {}
    return {
        "mutual_information": mutual_info_score(None, None, contingency=n),
        "information": homogeneity_score(group, school),
        "multigroup_dissimilarity": mean("dissimilarity", P * (1 - P)),
        "multigroup_gini": mean("gini", P * (1 - P)),
        "normalized_exposure": mean("correlation_ratio", P),
        "relative_diversity": mean("correlation_ratio", P * (1 - P)),
        "squared_variation": stats.chi2_contingency(n, correction=False).statistic
        / (n.sum() * (n.shape[1] - 1)),
        **two,
    }


def each_school(n) -> dict:
    n = n[n.sum(1) > 0]
    return {
        "local_segregation": stats.entropy(n, n.sum(0)[None], axis=1).tolist(),
        "entropy": stats.entropy(n, axis=1).tolist(),
    }


def values(asked: dict) -> dict:
    full = {name: np.array(n) for name, n in asked["tables"].items()}
    floats = {
        **{f"{name} | group {k}": two_groups(n, k) for name, n in full.items() for k in range(n.shape[1])},
        **{f"{name} | all": many_groups(n) for name, n in full.items()},
    }
    return {
        **{name: {k: float(v) for k, v in found.items()} for name, found in floats.items()},
        **{f"{name} | each school": each_school(n) for name, n in full.items()},
    }


if __name__ == "__main__":
    made = {
        "made by": "statistics_of_pupils.py",
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    }
    write("statistics_of_pupils.json", made | values(read("tables.json")))

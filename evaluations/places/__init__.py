"""Questions counted place by place: a tick per kecamatan or desa, from which the answer follows."""

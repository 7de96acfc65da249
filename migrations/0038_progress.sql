-- 0038_progress: what is done stands at 100, also where a return of before was accepted behind its end.

UPDATE duty SET progress = 100
WHERE state IN ('done', 'read', 'struck_off', 'met', 'visited', 'archived') AND (progress IS NULL OR progress <> 100);

import { defineFeature } from '../../../../model/define.ts';

export default defineFeature({
  name: 'cron',
  summary: 'runs jobs by the clock',
  requirements: [],
  options: {},
  hygiene: {
    setGid: { 'usr/bin/crontab': 'users keep their tables in a folder of the group crontab' },
    cronJobs: { 'etc/crontab': 'runs the scripts in cron.daily and the like' },
  },
  effect: () => ({ enable: ['cron.service'] }),
});
